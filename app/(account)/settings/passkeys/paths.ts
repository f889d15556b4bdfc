import { settingsPages } from "../settings-pages.ts";

const { path } = settingsPages.passkeys;

export const listPath = path;
export const renamePath = (passkeyId: string) => `${path}/${passkeyId}/rename` as const;
export const removePath = (passkeyId: string) => `${path}/${passkeyId}/remove` as const;

/** What has just happened, for the list to say. */
export type Done = "added" | "renamed" | "removed";

export const donePath = (done: Done, passkeyId?: string): string =>
  `${path}?done=${done}${passkeyId ? `&passkey=${passkeyId}` : ""}`;
