import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { campaignPath } from "../../paths.ts";

/** Before a campaign is announced nobody is in it. */
export async function Draft({ id }: { id: string }) {
  const t = await getTranslations("campaignBoard.board");
  return (
    <section className="card" aria-labelledby="draft">
      <div className="empty">
        <Chip icon="edit" />
        <h2 className="h3" id="draft">
          {t("draftHeading")}
        </h2>
        <p>{t("draftText")}</p>
        <LinkButton href={`${campaignPath(id)}/edit`}>{t("draftOpen")}</LinkButton>
      </div>
    </section>
  );
}
