import { statSync } from 'node:fs';

export interface FileLook {
  /** Which file a name leads to; '' when to none. */
  identity: string;
  bytes: number;
}

export const lookAt = (file: string): FileLook => {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  if (!stat) return { identity: '', bytes: 0 };
  return { identity: `${stat.dev}:${stat.ino}`, bytes: Number(stat.size) };
};

/** Which file a name leads to; '' when to none. */
export const identityOf = (file: string): string => lookAt(file).identity;
