import { connect } from 'node:net';
import type { TcpProbe } from '../../model/config/health.ts';
import type { Finding } from '../../model/health.ts';
import { giveUpAfter } from '../../os/give-up.ts';
import { forbidden } from './forbidden.ts';
import { errorName, failed, ok, tooSlow } from './outcome.ts';

/** Whether somebody takes a connection; nothing is said on it, and nothing is read. @throws RequestFailure `probe-forbidden` */
export const probeTcp = ({ host, port, timeoutMs }: TcpProbe): Promise<Finding> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const settle = (finding: Finding): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(finding);
    };
    const timer = giveUpAfter(timeoutMs, () => settle(tooSlow(timeoutMs)));
    socket.on('connect', () => settle(ok(`port ${port} takes connections`)));
    socket.on('error', (cause) => {
      const no = forbidden(cause);
      if (no) reject(no);
      settle(failed(`port ${port}: ${errorName(cause)}`));
    });
  });
