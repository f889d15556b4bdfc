import type { Show } from "#lib/account/activity/list-activity.ts";

export const ACTIVITY_PATH = "/settings/activity";

/** A page of what is looked at; `before`: the line that the page before ended with. */
export function activityPath(show: Show, before?: number): string {
  const asked = new URLSearchParams();
  if (show !== "all") asked.set("show", show);
  if (before !== undefined) asked.set("before", String(before));
  return asked.size === 0 ? ACTIVITY_PATH : `${ACTIVITY_PATH}?${asked}`;
}

export const reportPath = (eventId: number): string => `${ACTIVITY_PATH}/report?event=${eventId}`;

/** The id of an event as it stands in an address; null for anything else. */
export const eventIdIn = (value: unknown): number | null =>
  typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : null;
