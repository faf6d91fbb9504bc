const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Where this page reaches a node. A node that calls itself `localhost` means the machine that the
 * page came from, under whichever name the page was opened.
 */
export function reachableUrl(url: string, pageHost: string): string {
  const parsed = new URL(url);
  if (loopback.test(parsed.hostname)) parsed.hostname = pageHost;
  return parsed.origin;
}
