import type { UserFromGetMe } from '@grammyjs/types';

export const defaultUsername = 'holdfast_demo_bot';

/** The bot, as getMe tells it. */
export const createMe = (id: number, username: string): UserFromGetMe => ({
  ...{ id, is_bot: true, first_name: 'Holdfast', username },
  ...{ can_join_groups: true, can_read_all_group_messages: false, can_manage_bots: false },
  ...{ supports_inline_queries: false, can_connect_to_business: false, has_main_web_app: false },
  ...{ has_topics_enabled: false, allows_users_to_create_topics: false },
  ...{ supports_guest_queries: false, supports_join_request_queries: false },
});
