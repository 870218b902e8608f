//! The wire between the portal and its database: a loopback HTTP proxy in front of the embedded
//! DynamoDB. It writes down every call with the units it consumed, and breaks the calls a test
//! asks it to break. Everything the portal does to its data passes here, whether it runs in this
//! process or as a function binary.

mod call;
mod fault;
mod kept;
mod serve;
mod snapshot;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use dynoxide::Database;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

pub use call::{Call, Calls};
pub use fault::{Fault, Rule};
pub use kept::Kept;
pub use snapshot::Snapshot;

/// All proxies share one runtime; each database has a thread of its own, since it blocks it.
static PROXIES: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("wire")
        .enable_all()
        .build()
        .expect("a runtime for the proxies")
});

/// One embedded database in memory with its recorder; dropped, both stop.
pub struct Wire {
    database: Database,
    state: Arc<State>,
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
    proxy: tokio::task::JoinHandle<()>,
}

/// What the proxy's connections share.
pub(crate) struct State {
    upstream: SocketAddr,
    calls: Mutex<Vec<Call>>,
    rules: Mutex<Vec<Rule>>,
    hold: Mutex<Duration>,
    following: AtomicUsize,
}

impl Wire {
    /// Starts an empty database in memory and the recorder in front of it.
    #[must_use]
    pub fn start() -> Self {
        Self::before(Database::memory().expect("a database in memory"))
    }

    /// The same with a database in a file, for more than memory should hold.
    ///
    /// # Panics
    /// If the file cannot be written.
    #[must_use]
    pub fn start_in(file: &Path) -> Self {
        let database = Database::new(file.to_str().expect("a path in UTF-8")).expect("a database in a file");
        database.enable_bulk_loading().expect("no care for a crash");
        Self::before(database)
    }

    fn before(database: Database) -> Self {
        let (stop, stopped) = oneshot::channel();
        let upstream = serve_database(database.clone(), stopped);
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        let state = Arc::new(State {
            upstream,
            calls: Mutex::default(),
            rules: Mutex::default(),
            hold: Mutex::default(),
            following: AtomicUsize::new(0),
        });
        let proxy = PROXIES.spawn(serve::serve(listener, Arc::clone(&state)));
        Self { database, state, address, _stop: stop, proxy }
    }

    /// Where the SDK is to send its calls.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same as an address.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The database itself, past the recorder.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Everything stored now, to be compared with a later look.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.database)
    }

    /// Keeps everything stored now, to be brought back later.
    #[must_use]
    pub fn keep(&self) -> Kept {
        Kept::of(&self.database)
    }

    /// Brings back what was kept, whatever has happened since.
    pub fn bring_back(&self, kept: &Kept) {
        kept.bring_back(&self.database);
    }

    /// Breaks calls as the rule says, from the next call on.
    pub fn inject(&self, rule: Rule) {
        lock(&self.state.rules).push(rule);
    }

    /// How many calls the injected faults have hit so far: a test that injects asserts that they were felt.
    #[must_use]
    pub fn felt(&self) -> usize {
        lock(&self.state.rules).iter().map(Rule::felt).sum()
    }

    /// Forgets all rules.
    pub fn heal(&self) {
        lock(&self.state.rules).clear();
    }

    /// Keeps every answer back for `time`, so that calls made at once are seen to overlap.
    pub fn hold(&self, time: Duration) {
        *lock(&self.state.hold) = time;
    }

    /// The calls made since the last time this was asked.
    #[must_use]
    pub fn take(&self) -> Calls {
        Calls(std::mem::take(&mut *lock(&self.state.calls)))
    }

    /// Puts calls back that were taken, before those made since are forgotten.
    pub fn put_back(&self, calls: Calls) {
        *lock(&self.state.calls) = calls.0;
    }

    /// What notes which calls follow an answer.
    #[must_use]
    pub fn followed(&self) -> Followed {
        Followed(Arc::clone(&self.state))
    }

    /// Runs `work` and returns its result with the calls it made.
    pub async fn record<T>(&self, work: impl Future<Output = T>) -> (T, Calls) {
        drop(self.take());
        let result = work.await;
        (result, self.take())
    }

    /// As [`Self::record`], for work of which people should wait for at most `deep` calls in a row. Calls made at once look like a chain where
    /// the machine was busy between two of them; where answers take longer, a chain stays one and such calls come apart.
    /// `work` is told which time it is done.
    pub async fn record_depth<T>(&self, deep: usize, mut work: impl AsyncFnMut(usize) -> T) -> (T, Calls) {
        let mut time = 0;
        loop {
            self.hold(HOLDS[time]);
            let (result, calls) = self.record(work(time)).await;
            self.hold(Duration::ZERO);
            time += 1;
            if time == HOLDS.len() || calls.until_the_answer().depth() <= deep {
                return (result, calls);
            }
        }
    }
}

/// Notes the calls of what follows an answer as such; where others call the portal meanwhile, theirs too.
#[derive(Clone)]
pub struct Followed(Arc<State>);

impl Followed {
    /// Waits for what follows an answer.
    pub async fn by<T>(&self, work: impl Future<Output = T>) -> T {
        let following = Following::begun(&self.0);
        let done = work.await;
        drop(following);
        done
    }
}

/// As long as it is there, something follows.
struct Following<'s>(&'s State);

impl<'s> Following<'s> {
    fn begun(state: &'s State) -> Self {
        state.following.fetch_add(1, Ordering::SeqCst);
        Self(state)
    }
}

impl Drop for Following<'_> {
    fn drop(&mut self) {
        self.0.following.fetch_sub(1, Ordering::SeqCst);
    }
}

/// How long answers take, from one try to the next.
const HOLDS: [Duration; 3] = [Duration::from_millis(40), Duration::from_millis(160), Duration::from_millis(640)];

impl Drop for Wire {
    fn drop(&mut self) {
        self.proxy.abort();
    }
}

impl State {
    fn note(&self, call: Call) {
        lock(&self.calls).push(call);
    }

    fn fault_for(&self, call: &Call) -> Option<Fault> {
        lock(&self.rules).iter_mut().find_map(|rule| rule.strike(call))
    }

    fn follows(&self) -> bool {
        self.following.load(Ordering::SeqCst) > 0
    }

    fn hold(&self) -> Duration {
        *lock(&self.hold)
    }
}

/// The database's own thread: it answers each request on the thread that reads it.
fn serve_database(database: Database, stopped: oneshot::Receiver<()>) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a listener that does not block");
    let address = listener.local_addr().expect("a bound port");
    std::thread::Builder::new()
        .name("database".to_owned())
        .spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime for the database");
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).expect("the listener");
                let stopped = async move { drop(stopped.await) };
                dynoxide::server::serve_with_shutdown(listener, database, stopped).await.expect("the database serves");
            });
        })
        .expect("a thread for the database");
    address
}

/// A test that panicked while holding a lock has failed already; the others may go on.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
