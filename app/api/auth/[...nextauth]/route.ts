import { handlers } from "#lib/server/auth.ts";

export const { GET, POST } = handlers;
