/** Hands a file to the browser, which keeps it where downloads go. */
export function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  // A colon is no letter of a file name everywhere.
  link.download = name.replaceAll(':', '-');
  link.click();
  URL.revokeObjectURL(link.href);
}
