import type { ReactNode } from "react";

/** Why nothing is here, and what will be. */
export const EmptyState = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className="px-4 py-8 text-center">
    <p className="font-semibold">{title}</p>
    {children !== undefined && <p className="mx-auto mt-1 max-w-prose text-sm text-muted">{children}</p>}
  </div>
);

type ErrorStateProps = {
  /** What failed, in words. */
  readonly title: string;
  readonly message?: string;
  readonly onRetry?: () => void;
};

/** What failed and how to go on; what was there before stays on the page. */
export const ErrorState = ({ title, message, onRetry }: ErrorStateProps) => (
  <div role="alert" className="m-4 flex flex-wrap items-center gap-3 rounded-sm border border-loss px-3 py-2 text-sm">
    <p className="min-w-0 flex-1 basis-56">
      <strong className="font-semibold">{title}</strong>
      {message !== undefined && <span className="text-muted"> {message}</span>}
    </p>
    {onRetry && (
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    )}
  </div>
);

/** Reserves the place of content that is loading, in its size, so that nothing jumps. */
export const Skeleton = ({ className }: { readonly className: string }) => (
  <div aria-hidden="true" className={`animate-pulse rounded-sm bg-raised ${className}`} />
);
