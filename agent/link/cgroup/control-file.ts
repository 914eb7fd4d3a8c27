import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** The kernel makes the files of a cgroup: one that is not there must not appear. @throws as open(2), write(2) */
export const writeControl = async (path: string, text: string): Promise<void> => {
  const file = await open(path, constants.O_WRONLY | constants.O_TRUNC);
  try {
    await file.write(text);
  } finally {
    await file.close();
  }
};
