import { writeFileSync } from 'node:fs';
import { configTemplate } from '../../model/config/template.ts';
import { codeOf } from '../../model/failure.ts';

/** Writes the commented default configuration where there is none. @returns whether it did */
export const writeFirstConfig = (file: string): boolean => {
  try {
    writeFileSync(file, configTemplate, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
};
