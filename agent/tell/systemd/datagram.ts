import { openDatagramSocket } from './datagram-socket.ts';
import type { Transport } from './message.ts';

/** `sun_path` of sockaddr_un (unix(7)). */
const maxPathBytes = 108;

/** `/path`, or `@name` for the abstract namespace; what else systemd knows (vsock) is for machines. */
export const isSupportedAddress = (address: string): boolean =>
  /^[/@]./s.test(address) && !address.includes('\0') && Buffer.byteLength(address) < maxPathBytes;

/**
 * Sends from our own process, which is what `NotifyAccess=main` accepts. The datagram leaves within
 * the call, before the promise is even looked at.
 * @throws where the FFI cannot load, or there is no socket to be had.
 */
export const openDatagram = (address: string): Transport => {
  const socket = openDatagramSocket(address);
  return {
    async send({ lines }) {
      const errno = socket.send(Buffer.from(lines.join('\n')));
      if (errno !== 0) throw new Error(`sd_notify: sendto failed with errno ${errno}`);
    },
  };
};
