/** One record of wtmp(5), by the offsets of `struct utmp` on x86-64 (384 bytes) or aarch64 (400). */
export interface Login {
  type: number;
  /** ms since the epoch */
  at: number;
  pid?: number;
  line?: string;
  user?: string;
  host?: string;
}

export const loginBytes = (
  { type, at, pid = 0, line = '', user = '', host = '' }: Login,
  arch: 'x64' | 'arm64' = 'x64',
): Buffer => {
  const bytes = Buffer.alloc(arch === 'x64' ? 384 : 400);
  bytes.writeInt16LE(type, 0);
  bytes.writeInt32LE(pid, 4);
  bytes.write(line, 8, 32);
  bytes.write(line.slice(-4), 40, 4);
  bytes.write(user, 44, 32);
  bytes.write(host, 76, 256);
  const [seconds, micros] = [Math.floor(at / 1000), (at % 1000) * 1000];
  if (arch === 'x64') {
    bytes.writeInt32LE(seconds, 340);
    bytes.writeInt32LE(micros, 344);
  } else {
    bytes.writeBigInt64LE(BigInt(seconds), 344);
    bytes.writeBigInt64LE(BigInt(micros), 352);
  }
  return bytes;
};

/** The values of `ut_type`. */
export const utmp = { runLevel: 1, boot: 2, login: 7, dead: 8 };
