import { redact } from '../model/redaction.ts';

/** Redacts and counts what it took out, for the metric. */
export const createRedactor = () => {
  let count = 0;
  return {
    redact: (text: string): string => {
      const result = redact(text);
      count += result.count;
      return result.text;
    },
    count: () => count,
  };
};
