/** Whether an address is on the network, rather than a file. */
export function isRemote(address: string): boolean {
  return /^https?:\/\//i.test(address);
}

/** Hides the user names and passwords of the URLs in a text that is printed (RFC 3986 §3.2.1, §7.5). */
export function withoutPasswords(text: string): string {
  return text.replaceAll(/\/\/[^\s/?#\\]*@/g, '//…@');
}
