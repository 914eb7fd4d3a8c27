/** What a key says about its value. */
export type KeyVerdict =
  /** The value is a secret. */
  | 'secret'
  /** Its place and the look of the value must tell: `key`, `private`. */
  | 'maybe'
  | 'plain';

/** `apiKey`, `API-KEY` and `api.key` become `api_key`. */
const normalised = (key: string): string =>
  key
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1_')
    .replace(/[-.]/g, '_')
    .toLowerCase();

/** Keys of things about a secret: where it lies, how long it is, how many there are. */
const aboutASecret =
  /_(?:file|path|dir|name|count|limit|usage|type|ur[il]|endpoint|expir\w*|ttl|len|length|size|max|min|policy|store|budget)$/;

const strong = /(?:secret|password|passwd|passphrase|credential)s?(?![a-z])/;
const token = /token(?![a-z])/;
const compoundKey =
  /(?:^|_)(?:api|app|access|secret|private|auth|encryption|signing|session|master|license|ssh|webhook|client|deploy|service|account|admin)_?keys?(?![a-z])/;
const shortPassword = /_pwd$/;
const harmlessKey =
  /(?:public|primary|foreign|sort|partition|cache|idempotency|object|index|unique)_key$/;
const anyKey = /(?:^|_)(?:key|private)(?![a-z])/;

const isWorkingDirectory = (key: string): boolean => /^(?:old_?)?pwd$/i.test(key);

/** Judges the name of a variable, flag, header or field: `API_KEY` is `secret`, `MONKEY` is `plain`. */
export const judgeKey = (key: string): KeyVerdict => {
  const name = normalised(key);
  if (aboutASecret.test(name) || isWorkingDirectory(key)) return 'plain';
  if (strong.test(name) || token.test(name) || compoundKey.test(name)) return 'secret';
  if (shortPassword.test(name)) return 'secret';
  return anyKey.test(name) && !harmlessKey.test(name) ? 'maybe' : 'plain';
};
