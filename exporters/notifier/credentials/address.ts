import type { Address } from '../../../agent/model/config/config.ts';
import { Failure } from '../../../agent/model/failure.ts';
import type { Credentials } from './credentials.ts';

/** A secret that the configuration names. @throws Failure `no-credential`, and what `Credentials.read` throws */
export const needed = (credentials: Credentials, name: string): string => {
  const secret = credentials.read(name);
  if (secret === null) throw new Failure('no-credential', `there is no credential ${name}`);
  return secret;
};

/**
 * Where something is to be sent, from the configuration or from a credential.
 * @throws Failure `bad-address`, which does not repeat it, and what `needed` throws
 */
export const addressOf = ({ url, urlCredential }: Address, credentials: Credentials): URL => {
  const text = urlCredential === null ? (url ?? '') : needed(credentials, urlCredential);
  const parsed = URL.parse(text.trim());
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.host === '') {
    const where = urlCredential === null ? 'url' : `the credential ${urlCredential}`;
    throw new Failure('bad-address', `${where} is not an http or https address`);
  }
  return parsed;
};
