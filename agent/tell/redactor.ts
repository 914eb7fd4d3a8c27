import { type RedactOptions, redact } from '../model/redaction.ts';

/** Redacts and counts what it took out, for the metric. */
export const createRedactor = () => {
  let count = 0;
  return {
    redact: (text: string, options?: RedactOptions): string => {
      const result = redact(text, options);
      count += result.count;
      return result.text;
    },
    count: () => count,
  };
};
