import { type BoardFilters, boardPairs } from "#lib/campaign/board/board-filters.ts";
import type { HeldUpBy } from "#lib/campaign/board/hindrances.ts";
import { everyPerson, type PersonFilters, personPairs } from "#lib/campaign/board/people/person-filters.ts";

/** Where the campaigns' pages are. */
export const CAMPAIGNS_PATH = "/admin/campaigns";
export const TOKENS_PATH = "/admin/tokens";
export const campaignPath = (id: string): string => `${CAMPAIGNS_PATH}/${id}`;

const withQuery = (path: string, pairs: readonly (readonly [name: string, value: string])[]): string =>
  pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, value]))}`;

/** `page`: of its offices, from 1. */
export const boardPath = (id: string, filters: BoardFilters, page = 1): string =>
  withQuery(campaignPath(id), [...boardPairs(filters), ...(page === 1 ? [] : [["page", String(page)] as const])]);

/** Its people narrowed like this, from the beginning or from a place on that the list gave. */
export const peoplePath = (id: string, filters: Partial<PersonFilters>, at: string | null = null): string =>
  withQuery(`${campaignPath(id)}/people`, [
    ...personPairs({ ...everyPerson, ...filters }),
    ...(at === null ? [] : [["at", at] as const]),
  ]);

/** What that list shows as a file. */
export const exportPath = (id: string, filters: Partial<PersonFilters>): string =>
  withQuery(`${campaignPath(id)}/export`, personPairs({ ...everyPerson, ...filters }));

/** Where those of a phase and office whom something holds up are reminded; or asked to come to a session. */
export const remindPath = (
  id: string,
  whom: { phaseId: string; heldUpBy: HeldUpBy; officeId: string | null },
): string =>
  withQuery(`${campaignPath(id)}/runs`, [
    ["phase", whom.phaseId],
    ["held", whom.heldUpBy],
    ...(whom.officeId === null ? [] : [["office", whom.officeId] as const]),
  ]).concat("#remind");
export const sessionsPath = (id: string): string => `${campaignPath(id)}/sessions`;
export const invitePath = (id: string, sessionId: string, heldUpBy: HeldUpBy): string =>
  withQuery(`${sessionsPath(id)}/${sessionId}/invite`, [["heldUpBy", heldUpBy]]);
export const requestsPath = (id: string): string => `${campaignPath(id)}/requests`;
