/** What journald reads of a datagram in its native protocol, in order. Throws where it would refuse it. */
export const decode = (bytes: Buffer): [name: string, value: string][] => {
  const fields: [string, string][] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf('\n', at);
    if (end === -1) throw new Error('the last line does not end');
    const line = bytes.toString('utf8', at, end);
    const equals = line.indexOf('=');
    if (equals !== -1) {
      fields.push([line.slice(0, equals), line.slice(equals + 1)]);
      at = end + 1;
      continue;
    }
    const length = Number(bytes.readBigUInt64LE(end + 1));
    const from = end + 9;
    if (bytes[from + length] !== 10) throw new Error('a value does not end where it says');
    fields.push([line, bytes.toString('utf8', from, from + length)]);
    at = from + length + 1;
  }
  return fields;
};
