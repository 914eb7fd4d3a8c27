import { net } from '../builtins.ts';

export interface Address {
  /** An IP address without brackets; empty means every address of the machine. */
  host: string;
  /** 0 lets the kernel choose. */
  port: number;
}

/** A host is empty, an IPv4 address or an IPv6 address in brackets; names could resolve to anything. */
const pattern = /^(?:\[(?<six>[^\]]+)\]|(?<four>[^:[\]]*)):(?<port>\d{1,5})$/;

const isHost = (four: string | undefined, six: string | undefined): boolean =>
  six === undefined ? four === '' || net.isIPv4(four ?? '') : net.isIPv6(six);

/** `127.0.0.1:9798`, `[::1]:9798`, `localhost:9798`, `:9798`; null for anything else. */
export const parseAddress = (text: string): Address | null => {
  const { six, four, port } = pattern.exec(text.replace(/^localhost:/, '127.0.0.1:'))?.groups ?? {};
  if (port === undefined || Number(port) > 65_535 || !isHost(four, six)) return null;
  return { host: six ?? four ?? '', port: Number(port) };
};

export const isLoopback = ({ host }: Address): boolean =>
  host === '::1' || host.startsWith('127.') || host.startsWith('::ffff:127.');

export const formatAddress = ({ host, port }: Address): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host || '*'}:${port}`;
