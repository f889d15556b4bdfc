import { Icon } from "#components/ui/icon.tsx";
import { type Hindrance, hindrances } from "#lib/campaign/board/hindrances.ts";
import { everybody } from "#lib/campaign/board/progress.ts";
import type { SessionFigures } from "#lib/campaign/onsite/list-sessions.ts";
import { holds, type Right } from "#lib/office/roles/rights.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { invitePath, peoplePath, remindPath, requestsPath, sessionsPath } from "../../paths.ts";
import type { Seen } from "./seen.ts";

/** What is done about each; whoever may not do it looks at the list. */
const remedies = {
  letter_bounced: "invite",
  not_activated: "remind",
  official_email: "remind",
  profile: "list",
  office_address: "address",
  second_factor: "remind",
  ap_confirmation: "submit",
  awaiting_confirmation: "tellAp",
} as const satisfies Record<Hindrance, Remedy>;
type Remedy = "remind" | "list" | "invite" | "tellAp" | "submit" | "address";

const rightOf = {
  remind: "campaign.remind",
  list: "campaign.view",
  invite: "onsite.manage",
  tellAp: "move.request",
  submit: "move.request",
  address: "admin.change",
} as const satisfies Record<Remedy, Right>;

/** `session`: the next one, to which people are asked. */
type WithSession = Seen & { session: SessionFigures | null };

/** What stands in the way, most people first, each with what is done about it. */
export async function Hindrances(seen: WithSession) {
  const t = await getTranslations("campaignBoard.board");
  const { board, figures } = seen;
  const all = board.hindrances.reduce((sum, { people }) => sum + people, 0);
  return (
    <section className="card" aria-labelledby="hindrances">
      <h2 className="h3" id="hindrances">
        {t("hindrances")}
      </h2>
      {all === 0 ? (
        <p className="muted">{t(everybody(board.progress) === 0 ? "nobodyHeld" : "nothingHeld")}</p>
      ) : (
        <>
          <p className="muted">{t("hindrancesLead", { count: figures.number(all) })}</p>
          <ul className="necks">
            {board.hindrances.map(({ hindrance, people }) => (
              <Neck key={hindrance} {...seen} hindrance={hindrance} people={people} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

async function Neck({ hindrance, people, ...seen }: WithSession & { hindrance: Hindrance; people: number }) {
  const [t, words] = await Promise.all([
    getTranslations("campaignBoard.board.actions"),
    getTranslations("campaignBoard.hindrances"),
  ]);
  const { board, chosen, figures } = seen;
  const remedy = remedyOf(hindrance, seen);
  const whom = { phase: chosen.phase, officeId: chosen.officeId, state: chosen.state, hindrance };
  return (
    <li className="neck">
      <span className="n">{figures.number(people)}</span>
      <div>
        <p>
          <a href={peoplePath(board.campaign.id, whom)}>{words(hindrance)}</a>
        </p>
        <a className="remedy" href={hrefOf(remedy, hindrance, seen)}>
          {t(remedy)}
          <span className="sr">: {words(hindrance)}</span>
          <Icon name="next" small />
        </a>
      </div>
    </li>
  );
}

/** Reminders go out phase by phase, and nothing moves any more in a campaign that is closed. */
function remedyOf(hindrance: Hindrance, { board, officer }: Seen): Remedy {
  const remedy = remedies[hindrance];
  if (board.campaign.state === "closed" || !holds(officer, rightOf[remedy])) return "list";
  return remedy === "remind" && typeof board.shown !== "object" ? "list" : remedy;
}

function hrefOf(remedy: Remedy, hindrance: Hindrance, { board, chosen, session }: WithSession): string {
  const { id } = board.campaign;
  const [heldUpBy] = hindrances[hindrance];
  if (remedy === "invite") return session ? invitePath(id, session.id, heldUpBy) : sessionsPath(id);
  if (remedy === "address") return "/admin/offices";
  if (remedy === "tellAp" || remedy === "submit") return requestsPath(id);
  if (remedy === "remind" && typeof board.shown === "object")
    return remindPath(id, { phaseId: board.shown.id, heldUpBy, officeId: chosen.officeId });
  return peoplePath(id, { phase: chosen.phase, officeId: chosen.officeId, state: chosen.state, hindrance });
}
