import { run } from "#db/named.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isOpen } from "./picture.ts";

const noteStatement = {
  name: "campaign_day_note",
  text: `with counted as materialized (
      select p.campaign_id, p.office_id, count(*) filter (where p.state = 'not_begun')::int as not_begun,
        count(*) filter (where p.state = 'under_way')::int as under_way, count(*) filter (where p.state = 'done')::int as done
      from campaign_person p join campaign c on c.id = p.campaign_id and ${isOpen("c")}
      where p.state <> 'left' group by 1, 2
    ), gone as (
      delete from campaign_day d where d.day = $1::date and exists (select from campaign c where c.id = d.campaign_id and ${isOpen("c")})
        and not exists (select from counted n where n.campaign_id = d.campaign_id and n.office_id = d.office_id)
    )
    insert into campaign_day as d (campaign_id, day, office_id, not_begun, under_way, done)
    select campaign_id, $1::date, office_id, not_begun, under_way, done from counted
    on conflict (campaign_id, day, office_id) do update set not_begun = excluded.not_begun, under_way = excluded.under_way, done = excluded.done
      where (d.not_begun, d.under_way, d.done) is distinct from (excluded.not_begun, excluded.under_way, excluded.done)`,
};

/** Writes down how every open campaign stands today, office by office: the last of a day is what its trend keeps. */
export const noteDay = (ctx: Pick<Context, "db" | "now">) => run(ctx.db, noteStatement, [dayOf(ctx.now())]);
