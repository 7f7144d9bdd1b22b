import { Menu } from "lucide-react";
import type { ReactNode } from "react";

const ID = "account-menu";

/** What concerns the user: in the header where there is room, else behind a button. Esc and a click beside it close it. */
export const AccountMenu = ({ children }: { readonly children: ReactNode }) => (
  <>
    <button
      type="button"
      popoverTarget={ID}
      aria-label="Menu"
      title="Menu"
      className="inline-grid size-8 place-items-center rounded-sm text-muted hover:bg-raised hover:text-ink md:hidden"
    >
      <Menu size={18} aria-hidden="true" />
    </button>
    {/* On a wide screen the class always shows it, though it is never opened there. */}
    <div
      id={ID}
      popover="auto"
      className="inset-auto top-12 right-4 max-w-[calc(100vw-2rem)] rounded-md border border-line bg-panel p-4 text-ink shadow-pop md:static md:flex md:max-w-none md:items-center md:overflow-visible md:gap-3 md:border-0 md:p-0 md:shadow-none"
    >
      <div className="grid gap-3 md:contents">{children}</div>
    </div>
  </>
);
