const schemes = new Set(['http:', 'https:', 'ton:', 'tg:', 'tonsite:']);

/** The address Telegram makes of a link, undefined where it takes it for none: `telegram.org` is one, `javascript:` is not. */
export const checkedLink = (text: string): string | undefined => {
  if (text !== text.trim()) return undefined;
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/]*:\d/.test(text);
  const url = URL.parse(withScheme ? text : `http://${text}`);
  if (url === null || !schemes.has(url.protocol)) return undefined;
  const web = url.protocol === 'http:' || url.protocol === 'https:';
  if (web && !/^[^.\s]+(\.[^.\s]+)+$|^\[/.test(url.hostname)) return undefined;
  return url.href;
};
