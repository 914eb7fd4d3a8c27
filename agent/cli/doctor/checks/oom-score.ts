import { type Check, findingsOf } from '../check.ts';

const { ok, warn, unknown } = findingsOf('oom-score');

/** A score above 0 makes the kernel prefer the server as a victim (proc_pid_oom_score_adj(5)). */
export const oomScore: Check = (machine, servers) =>
  servers.map(({ server, pid }) => {
    const text = pid === null ? null : machine.read(`/proc/${pid}/oom_score_adj`);
    if (text === null) {
      return unknown({ title: `the OOM score of ${server}`, detail: 'its process is not known' });
    }
    const score = Number(text);
    const title = `the OOM score of ${server} is ${score}`;
    if (score <= 0) return ok({ title, detail: '' });
    const detail = 'when memory runs out, the kernel kills it before others, with all its sessions';
    return warn({ title, detail }, `sudo choom -p ${pid} -n 0`);
  });
