import { Table } from "#components/ui/table.tsx";
import { isMoveOfCustody } from "#lib/campaign/tokens/custody/token-machine.ts";
import type { CustodyLine } from "#lib/campaign/tokens/register/find-token.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** From one hand to the next, the oldest line first. */
export async function CustodyCard({ lines, language }: { lines: readonly CustodyLine[]; language: Language }) {
  const t = await getTranslations("hardwareTokens");
  return (
    <section className="card" aria-labelledby="custody">
      <h2 className="h4" id="custody">
        {t("page.custody")}
      </h2>
      <Table
        heads={(["what", "when", "by", "note"] as const).map((column) => t(`page.${column}`))}
        rows={lines.map(({ at, move, by, note, receipt }) => ({
          key: `${at.getTime()} ${move}`,
          cells: [
            isMoveOfCustody(move) ? t(`moves.${move}`) : move,
            formatDate(at, language),
            by ?? t("page.itself"),
            [note, receipt && t("page.receipt", { receipt })].filter(Boolean).join(" · ") || t("page.noNote"),
          ],
        }))}
      />
    </section>
  );
}
