import { createConnection } from 'node:net';

/*
 * usage: guest-door.ts PORT
 * Joins its standard streams to a port of this host's loopback. QEMU starts one for each connection a machine makes to the
 * address that stands for the world outside.
 */
const socket = createConnection({ host: '127.0.0.1', port: Number(process.argv[2]) });
// Nobody listens, or it was torn: the machine sees its connection end.
socket.on('error', () => process.exit(1));
socket.on('close', () => process.exit(0));
process.stdin.pipe(socket);
socket.pipe(process.stdout);
