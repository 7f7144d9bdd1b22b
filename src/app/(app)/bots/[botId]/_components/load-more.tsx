import { ErrorState } from "~/components/ui/states";

type LoadMoreProps = {
  /** How many rows are shown. */
  readonly shown: number;
  /** The plural name of the rows, such as "trades". */
  readonly name: string;
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isError: boolean;
    readonly isFetchNextPageError: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
    readonly refetch: () => Promise<unknown>;
  };
};

/** How many rows of a long list are shown, and the button for older ones. */
export const LoadMore = ({ shown, name, query }: LoadMoreProps) => (
  <>
    {query.isError && (
      <ErrorState
        title={
          query.isFetchNextPageError ? `Older ${name} could not be loaded.` : `The ${name} could not be refreshed.`
        }
        onRetry={() => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch())}
      />
    )}
    <div className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3 text-sm text-muted">
      <span>{query.hasNextPage ? `The newest ${shown} ${name}` : `All ${shown} ${name}`}, newest first</span>
      {query.hasNextPage && (
        <button
          type="button"
          className="button"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {query.isFetchingNextPage ? "Loading…" : "Load more"}
        </button>
      )}
    </div>
  </>
);
