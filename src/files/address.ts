/** Whether a `$ref` leads to the network. */
export function isRemote(address: string): boolean {
  return /^https?:\/\//i.test(address);
}

/** A text that people or programs get to see, without the users and passwords in the URLs that it holds (RFC 3986 §3.2.1, §7.5). */
export function withoutPasswords(text: string): string {
  return text.replaceAll(/\/\/[^\s/?#\\]*@/g, '//…@');
}
