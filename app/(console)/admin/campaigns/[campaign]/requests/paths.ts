import { campaignPath } from "../../paths.ts";

export const requestsPath = (campaignId: string): string => `${campaignPath(campaignId)}/requests`;
export const preparePath = (campaignId: string): string => `${requestsPath(campaignId)}/new`;
/** The page on which these are read and decided. */
export const decidePath = (campaignId: string, ids: readonly string[]): string =>
  `${requestsPath(campaignId)}/decide?${new URLSearchParams(ids.map((id) => ["r", id])).toString()}`;

/** Every value of a name that an address may carry once or often. */
export const valuesOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === "string");

/** A small number out of an address; 0 for anything else. */
export const countOf = (value: unknown): number =>
  typeof value === "string" && /^\d{1,3}$/.test(value) ? Number(value) : 0;
