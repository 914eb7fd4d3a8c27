import * as v from 'valibot';
import { Failure } from '../../../agent/model/failure.ts';

/** A screen as tmux has it. */
export interface PictureRequest {
  /** Lines as `tmux capture-pane -e -p` prints them. */
  text: string;
  /** Size of the pane. */
  columns: number;
  rows: number;
  /** Shown above the screen; empty for none. */
  title: string;
}

/** Of a pane: three times what a person has on a large monitor. */
export const maxColumns = 500;
export const maxRows = 500;

/** Of the whole request: room for a screen of 500 x 200 with a colour of its own for each cell. */
export const maxRequestBytes = 8_000_000;

const size = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));

const schema = v.strictObject({
  text: v.string(),
  columns: size(maxColumns),
  rows: size(maxRows),
  title: v.string(),
});

const invalid = (message: string, cause?: unknown): Failure =>
  new Failure('picture-request', message, { cause });

/** @throws Failure `picture-request` */
export const parseRequest = (json: string): PictureRequest => {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw invalid('the request is not JSON', cause);
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw invalid(`${v.getDotPath(issue) ?? 'the request'}: not what it should be`);
};

/** @throws Failure `picture-request` when there is more than one may send */
export const readRequest = async (input: AsyncIterable<Buffer>): Promise<PictureRequest> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    bytes += chunk.length;
    if (bytes > maxRequestBytes)
      throw invalid(`the request is larger than ${maxRequestBytes} bytes`);
    chunks.push(chunk);
  }
  return parseRequest(Buffer.concat(chunks).toString('utf8'));
};
