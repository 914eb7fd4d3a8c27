import { nameList } from '../../model/text/cause-text.ts';
import { printable } from '../../model/text/printable.ts';
import type { Context } from '../command.ts';
import { withAgent } from '../frame/agent.ts';
import { exitCode } from '../frame/exit.ts';
import { findIncident } from '../frame/find-incident.ts';
import { printJson } from '../frame/print-json.ts';

/** Says that somebody knows of an incident, named by itself or by one of its sessions; null: the newest. */
export const ack = (context: Context, subject: string | null): Promise<number> =>
  withAgent(context, async (client) => {
    const found = subject === null ? null : await findIncident(client, subject);
    const result = await client.call(
      'alert.acknowledge',
      found === null ? {} : { incident: found.incident.incident },
    );
    const { stdout } = context;
    if (context.json) printJson(stdout, result);
    else {
      const of = result.sessions.length === 0 ? '' : ` (${nameList(result.sessions)})`;
      stdout.line(`incident ${printable(result.incident)}${of}  acknowledged`);
    }
    return exitCode.ok;
  });
