import { campaignPath } from "../../paths.ts";

/** Where the pages of a campaign's sessions in person are. */
export const sessionsPath = (campaignId: string): `/${string}` =>
  `${campaignPath(campaignId)}/sessions` as `/${string}`;
export const sessionPath = (campaignId: string, sessionId: string, page?: string): `/${string}` =>
  `${sessionsPath(campaignId)}/${sessionId}${page ? `/${page}` : ""}`;
export const counterPath = (campaignId: string, sessionId: string, accountId: string): `/${string}` =>
  sessionPath(campaignId, sessionId, `counter/${accountId}`);
