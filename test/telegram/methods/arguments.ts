import { badRequest } from '../api-error.ts';
import type { Parameters, Upload } from '../http/body.ts';

/** What a method was called with. The real server takes every value as text, or as JSON in text, so we do. */
export interface Arguments {
  /** Empty where it is absent. */
  text(name: string): string;
  has(name: string): boolean;
  flag(name: string): boolean;
  /** `otherwise` where it is absent or no number. */
  integer(name: string, otherwise?: number): number;
  /** Undefined where it is absent. Throws an `ApiError` that says `what` cannot be parsed. */
  json(name: string, what: string): unknown;
  /** A file sent as this parameter, or one its text speaks of as `attach://`. */
  upload(value: string): Upload | undefined;
}

const asText = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

export const createArguments = (parameters: Parameters, files: readonly Upload[]): Arguments => {
  const text = (name: string): string => asText(parameters[name]);
  return {
    text,
    has: (name) => text(name) !== '',
    flag: (name) => /^(true|yes|1)$/i.test(text(name)),
    integer: (name, otherwise = 0) =>
      /^[+-]?\d+$/.test(text(name)) ? Number(text(name)) : otherwise,
    json: (name, what) => {
      if (text(name) === '') return undefined;
      try {
        return JSON.parse(text(name));
      } catch {
        throw badRequest(`can't parse ${what} JSON object`);
      }
    },
    upload: (value) => {
      const field = value.startsWith('attach://') ? value.slice('attach://'.length) : value;
      return files.find((file) => file.field === field);
    },
  };
};
