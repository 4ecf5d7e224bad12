/** The reason phrases of the responses to conditional requests (RFC 9110 §15.4.5, §15.5.13; RFC 6585 §3). */
export const reasonPhrases: Readonly<Record<string, string>> = {
  304: 'Not Modified',
  412: 'Precondition Failed',
  428: 'Precondition Required',
};
