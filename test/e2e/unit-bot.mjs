// A bot as the program of a unit: it is ready, and says how long its login lasts. Argument: that, in ms.
import { createHeartbeat } from '../../agent/heartbeat/main.ts';

const since = Date.now();
const heartbeat = createHeartbeat({ everyMs: 1000 });
heartbeat.connection('ready');
heartbeat.session({ createdAt: since, expiresAt: since + Number(process.argv[2]) });
setInterval(() => undefined, 1000);
