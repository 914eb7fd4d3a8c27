import { connect } from 'node:net';
import type { TcpProbe } from '../../model/config/health.ts';
import type { Finding } from '../../model/health.ts';
import { codeOf, failed, ok, tooSlow } from './outcome.ts';

/** Whether somebody takes a connection; nothing is said on it, and nothing is read. */
export const probeTcp = ({ host, port, timeoutMs }: TcpProbe): Promise<Finding> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (finding: Finding): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(finding);
    };
    const timer = setTimeout(() => settle(tooSlow(timeoutMs)), timeoutMs);
    socket.on('connect', () => settle(ok(`port ${port} takes connections`)));
    socket.on('error', (cause) => settle(failed(`port ${port}: ${codeOf(cause)}`)));
  });
