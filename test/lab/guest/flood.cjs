// Garbage and floods at each socket of Holdfast. usage: node flood.cjs SOCKET|PORT…
// Prints how many connections were opened, and how many were refused or failed.
const net = require('node:net');

const atATime = 80;
const patienceMs = 1000;
const garbage = [
  Buffer.alloc(1 << 20, 'x'),
  Buffer.from(`${'{"jsonrpc":"2.0","id":1,"method":"'.repeat(99)}\n`),
  Buffer.from(`${'[[[['.repeat(9999)}\n`),
  Buffer.from('\n'.repeat(9999)),
  Buffer.from([0, 255, 10, 0]),
];

const count = { opened: 0, refused: 0 };

const hit = (path, data) =>
  new Promise((resolve) => {
    const socket = net.connect(/^\d+$/.test(path) ? Number(path) : path, () => {
      count.opened += 1;
      socket.write(data);
    });
    socket.on('error', () => {
      count.refused += 1;
    });
    socket.on('close', resolve);
    setTimeout(() => socket.destroy(), patienceMs);
  });

const flood = async (paths) => {
  for (const path of paths) {
    for (const data of garbage) {
      await Promise.all(Array.from({ length: atATime }, () => hit(path, data)));
    }
  }
  console.log(JSON.stringify(count));
};

flood(process.argv.slice(2));
