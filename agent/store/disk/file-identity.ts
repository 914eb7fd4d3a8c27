import { statSync } from 'node:fs';

/** Which file a name leads to; '' when to none. */
export const identityOf = (file: string): string => {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat ? `${stat.dev}:${stat.ino}` : '';
};
