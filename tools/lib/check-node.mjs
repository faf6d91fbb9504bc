// Imported first, and written so that an old Node.js can read it far enough to say what is wrong.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Quorate needs Node.js 20.19 or newer; this is ${process.version} (${process.execPath}).`,
  );
  process.exit(1);
}
