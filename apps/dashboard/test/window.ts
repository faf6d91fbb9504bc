/** All that the sockets need of a browser: it tells them when the machine has its network back. */
Object.assign(globalThis, { window: new EventTarget() });
