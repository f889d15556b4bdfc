type WorkTabsProps = { label: string; here: string; items: readonly { show: string; name: string; count: string }[] };

/** What there is to work through, and how much of each. */
export function WorkTabs({ label, here, items }: WorkTabsProps) {
  return (
    <nav aria-label={label}>
      <ul className="work-tabs">
        {items.map(({ show, name, count }) => (
          <li key={show}>
            <a href={`/helpdesk/work?show=${show}`} aria-current={show === here ? "page" : undefined}>
              <span>{name}</span> <span className="n">{count}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
