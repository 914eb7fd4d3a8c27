// Asks the witness as root, and prints its answer as JSON. usage: node ask-witness.cjs METHOD [PARAMS]
const { connect } = require('node:net');

const [, , method, params = '{}'] = process.argv;
const socket = connect('/run/holdfast/witness/witness.sock');
socket.setEncoding('utf8');
socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: JSON.parse(params) })}\n`);
let text = '';
socket.on('data', (chunk) => {
  text += chunk;
  if (!text.endsWith('\n')) return;
  const { result, error } = JSON.parse(text);
  console.log(JSON.stringify(result ?? { error }));
  socket.destroy();
});
