import type { User } from '@grammyjs/types';

const file = { file_id: 'file', file_unique_id: 'unique', file_size: 3 };
const picture = { ...file, width: 9, height: 9 };
const date = 1_790_000_000;

/** What makes a message one of this kind. */
export const messageBodies = (user: User): object[] => [
  { text: 'plain' },
  { text: '/restart@other_bot x', entities: [{ type: 'bot_command', offset: 0, length: 18 }] },
  { text: 'x', reply_to_message: { message_id: 1, chat: { id: 1, type: 'private' }, date } },
  { text: 'x', forward_origin: { type: 'user', sender_user: user, date } },
  { text: 'x', via_bot: user, is_topic_message: true, message_thread_id: 3 },
  { photo: [picture], caption: '/status' },
  { document: { ...file, file_name: '../../etc/passwd', mime_type: 'text/plain' } },
  { sticker: { ...picture, type: 'regular', is_animated: false, is_video: false } },
  { animation: { ...picture, duration: 1 }, document: file },
  { video: { ...picture, duration: 1 } },
  { video_note: { ...file, length: 9, duration: 1 } },
  { voice: { ...file, duration: 1 } },
  { audio: { ...file, duration: 1 } },
  { contact: { phone_number: '+49', first_name: 'x', user_id: user.id } },
  { dice: { emoji: '🎲', value: 6 } },
  { location: { latitude: 50.7, longitude: 7.1 } },
  { venue: { location: { latitude: 0, longitude: 0 }, title: 'x', address: 'y' } },
  { new_chat_members: [user] },
  { left_chat_member: user },
  { new_chat_title: '/status' },
  { new_chat_photo: [picture] },
  { delete_chat_photo: true },
  { group_chat_created: true },
  { supergroup_chat_created: true },
  { migrate_to_chat_id: -1_001_000_000_003 },
  { migrate_from_chat_id: -4_000_000_003 },
  { pinned_message: { message_id: 1, chat: { id: user.id, type: 'private' }, date: 0 } },
  { message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 } },
  { users_shared: { request_id: 1, users: [{ user_id: user.id }] } },
  { write_access_allowed: {} },
  { web_app_data: { data: '{}', button_text: 'x' } },
];
