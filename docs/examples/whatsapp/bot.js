import { attachWhatsApp, createHeartbeat, pollWhatsApp } from 'holdfast/heartbeat';
import whatsapp from 'whatsapp-web.js';

const client = new whatsapp.Client({ authStrategy: new whatsapp.LocalAuth() });
const beat = createHeartbeat();
attachWhatsApp(client, beat);

const answer = async (message) => {
  if (message.body !== 'weather?') return;
  await message.reply('rain');
};

// Each message once, also where the events of the client stall.
pollWhatsApp(client, { onMessage: (message) => answer(message).catch(beat.error) }, beat);

client.on('disconnected', (reason) => {
  console.log(`disconnected: ${reason}`);
  // After LOGOUT the client shows a new QR code by itself. After anything else it has closed its browser, and only a
  // new process helps: Holdfast starts one.
  if (reason !== 'LOGOUT') beat.close().then(() => process.exit(1));
});

await client.initialize();
