//! The types of the Twitter corpus, for all contenders.

use serde::{Deserialize, Serialize};

macro_rules! define {
    ($($name:ident { $($field:ident: $type:ty),* $(,)? })*) => { $(
        #[derive(Serialize, Deserialize, Debug, PartialEq)]
        pub struct $name {
            $(pub $field: $type,)*
        }
    )* };
}

/// Passes the name, the fields and the types of each struct to a macro.
#[macro_export]
macro_rules! each_record {
    ($define:ident) => {
        $define! {
            Twitter { statuses: Vec<Status>, search_metadata: SearchMetadata }
            Status {
                metadata: Metadata, created_at: String, id: u64, id_str: String, text: String,
                source: String, truncated: bool, in_reply_to_status_id: Option<u64>,
                in_reply_to_status_id_str: Option<String>, in_reply_to_user_id: Option<u64>,
                in_reply_to_user_id_str: Option<String>, in_reply_to_screen_name: Option<String>,
                user: User, geo: Option<bool>, coordinates: Option<bool>, place: Option<bool>,
                contributors: Option<bool>, retweeted_status: Option<Box<Status>>,
                retweet_count: u64, favorite_count: u64, entities: StatusEntities, favorited: bool,
                retweeted: bool, possibly_sensitive: Option<bool>, lang: String,
            }
            Metadata { result_type: String, iso_language_code: String }
            User {
                id: u64, id_str: String, name: String, screen_name: String, location: String,
                description: String, url: Option<String>, entities: UserEntities, protected: bool,
                followers_count: u64, friends_count: u64, listed_count: u64, created_at: String,
                favourites_count: u64, utc_offset: Option<i32>, time_zone: Option<String>,
                geo_enabled: bool, verified: bool, statuses_count: u64, lang: String,
                contributors_enabled: bool, is_translator: bool, is_translation_enabled: bool,
                profile_background_color: String, profile_background_image_url: String,
                profile_background_image_url_https: String, profile_background_tile: bool,
                profile_image_url: String, profile_image_url_https: String,
                profile_banner_url: Option<String>, profile_link_color: String,
                profile_sidebar_border_color: String, profile_sidebar_fill_color: String,
                profile_text_color: String, profile_use_background_image: bool,
                default_profile: bool, default_profile_image: bool, following: bool,
                follow_request_sent: bool, notifications: bool,
            }
            UserEntities { url: Option<UserUrl>, description: UserUrl }
            UserUrl { urls: Vec<Url> }
            Url { url: String, expanded_url: String, display_url: String, indices: Vec<u64> }
            StatusEntities {
                hashtags: Vec<Hashtag>, symbols: Vec<u64>, urls: Vec<Url>,
                user_mentions: Vec<UserMention>, media: Option<Vec<Media>>,
            }
            Hashtag { text: String, indices: Vec<u64> }
            UserMention {
                screen_name: String, name: String, id: u64, id_str: String, indices: Vec<u64>,
            }
            Media {
                id: u64, id_str: String, indices: Vec<u64>, media_url: String,
                media_url_https: String, url: String, display_url: String, expanded_url: String,
                sizes: Sizes, source_status_id: Option<u64>, source_status_id_str: Option<String>,
            }
            Sizes { medium: Size, small: Size, thumb: Size, large: Size }
            Size { w: u64, h: u64, resize: String }
            SearchMetadata {
                completed_in: f64, max_id: u64, max_id_str: String, next_results: String,
                query: String, refresh_url: String, count: u64, since_id: u64, since_id_str: String,
            }
        }
    };
}

each_record!(define);
