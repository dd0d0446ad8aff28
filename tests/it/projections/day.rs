//! A shop that is decided for real, and its tables beside it: whatever happens is told at once.

use chrono::TimeDelta;
use domain::{
    command::Command,
    event::Event,
    payment::{self, observation::Status},
};
use projections::{
    TenantTx,
    attempts::{self, PaymentCard},
    board::Board,
    parked, verify,
};

use super::{scene::Scene, story::Story};

/// A dress in M and L, three of each, a bag, and a live.
pub(super) struct Day {
    pub(super) scene: Scene,
    pub(super) story: Story,
}

impl Day {
    pub(super) async fn begins() -> Self {
        let (scene, mut story) = (Scene::new().await, Story::new(0x81));
        let events = story.opening();
        let day = Self { scene, story };
        day.told(events).await;
        day
    }

    async fn told(&self, events: Vec<Event>) {
        if !events.is_empty() {
            self.scene
                .tell_at(self.story.shop.id.0, self.story.at, events)
                .await;
        }
    }

    /// Ten seconds later a buyer writes.
    pub(super) async fn says(&mut self, who: u128, words: &str) {
        self.story.at += TimeDelta::seconds(10);
        let events = self.story.says(who, words);
        self.told(events).await;
    }

    pub(super) async fn does(&mut self, command: Command) {
        let events = self.story.decide(command);
        self.told(events).await;
    }

    pub(super) async fn pays(&mut self, command: payment::Command) {
        self.does(Command::Payment(command)).await;
    }

    /// The provider says what became of an attempt.
    pub(super) async fn provider(&mut self, attempt: u64, status: Status, amount: i64) {
        let events = self.story.provider(attempt, status, amount);
        self.told(events).await;
    }

    pub(super) async fn later(&mut self, by: TimeDelta) {
        let events = self.story.later(by);
        self.told(events).await;
    }

    /// The tables, once they know all of it and agree with the log.
    pub(super) async fn look(&self) -> TenantTx {
        self.scene.settled().await;
        assert_eq!(parked(&self.scene.pool).await.unwrap(), []);
        let report = verify::replay(&self.scene.pool, None).await.unwrap();
        assert_eq!(report.difference, None);
        TenantTx::begin(&self.scene.pool, self.story.shop.id.0)
            .await
            .unwrap()
    }

    pub(super) async fn board(&self) -> Board {
        self.look().await.end().await.unwrap();
        self.scene.board(self.story.shop.id.0).await.unwrap()
    }

    /// The state of an order, and until when.
    pub(super) async fn order(&self, number: i64) -> (String, Option<TimeDelta>) {
        let board = self.board().await;
        let found = board
            .orders
            .iter()
            .find(|card| card.order == number)
            .unwrap();
        let left = found.deadline.map(|until| until - self.story.at);
        (found.state.clone(), left)
    }

    /// All attempts, oldest first.
    pub(super) async fn payments(&self) -> Vec<PaymentCard> {
        let since = self.story.at - TimeDelta::days(30);
        let mut tx = self.look().await;
        let mut found = attempts::list(&mut tx, since, None, 100).await.unwrap();
        found.reverse();
        found
    }
}
