/** Shows one line that changes on a terminal; elsewhere, on standard error, a line for each change of part. */
export const createProgress = (stream: NodeJS.WriteStream) => ({
  show(text: string): void {
    if (stream.isTTY) stream.write(`\r\x1b[K${text.slice(0, (stream.columns ?? 80) - 1)}`);
  },
  /** Said once, and kept where nothing can be overwritten. */
  say(text: string): void {
    if (stream.isTTY) this.show(text);
    else stream.write(`${text}\n`);
  },
  clear(): void {
    if (stream.isTTY) stream.write('\r\x1b[K');
  },
});
