import { Icon } from "../ui/icon.tsx";

/** `levelName` says how grave it is: colour is never the only sign. */
export type AnnouncementShown = {
  id: string;
  level: "info" | "warning" | "danger";
  levelName: string;
  text: string;
  lang?: string | undefined;
};

/** What the agency tells everybody, on top of every page. */
export function Announcements({
  announcements,
  label,
}: {
  announcements: readonly AnnouncementShown[];
  label: string;
}) {
  if (announcements.length === 0) return null;
  return (
    <section className="announcements" aria-label={label}>
      {announcements.map(({ id, level, levelName, text, lang }) => (
        <div className={`announcement ${level}`} key={id}>
          <p className="wrap" lang={lang}>
            <Icon name={level === "info" ? "info" : "warn"} />
            <span>
              <strong>{levelName}:</strong> {text}
            </span>
          </p>
        </div>
      ))}
    </section>
  );
}
