/** Spaces and control characters, which a URL's parser takes out in silence. */
const unwritten = /[\x00-\x20\x7f]/;

/** Whether it is an address to send to. User and password in it would be a secret that nobody takes for one. */
export const isWebAddress = (text: string): boolean => {
  if (unwritten.test(text) || text.length > 2000 || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
};
