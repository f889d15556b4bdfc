import { giveBack } from "#lib/throttle/failed-tries.ts";

/**
 * What a right password gives back: its try is counted as failed until then, on this browser's row and on the client's
 * address.
 */
export type CountedTry = { browser: string; addressKey: string };

/**
 * Gives a try back in the statement it turned out right in, where that has a row of `ceremony`: two parts of its
 * `with`. Each argument names a parameter of the statement; where nothing was counted, address and browser are null
 * there.
 */
export const giveBackTry = (address: string, browser: string, identityIndex: string, now: string): string => `
    given_back as (
      ${giveBack(address, now, "exists (select 1 from ceremony)")} returning points
    ), cleared as (
      delete from password_throttle where identity_index = ${identityIndex} and browser = ${browser} and exists (select 1 from ceremony)
        -- After the address's counter, in the order in which a try takes them: two the other way round would wait for each other.
        and (select count(*) from given_back) >= 0
    )`;
