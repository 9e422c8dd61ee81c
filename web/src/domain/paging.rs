//! Which page numbers are offered.

/// One place in the row of page numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Page(u32),
    /// Pages that are left out.
    Gap,
}

/// The first and last page, the current one and its neighbours. A gap never hides a single page.
pub(crate) fn steps(current: u32, last: u32) -> Vec<Step> {
    let near = current.saturating_sub(1)..=current.saturating_add(1);
    let is_shown = |page: u32| {
        page == 1
            || page == last
            || near.contains(&page)
            || (page == 2 && near.contains(&3))
            || (page + 1 == last && near.contains(&last.saturating_sub(2)))
    };
    // Each run rises, and where two overlap the later one repeats the earlier: what does not rise was there before.
    let candidates = [1, 2].into_iter().chain(near.clone()).chain([last.saturating_sub(1), last]);
    let mut steps = Vec::new();
    let mut before = 0;
    for page in candidates.filter(|page| (1..=last).contains(page) && is_shown(*page)) {
        if page <= before {
            continue;
        }
        if page > before + 1 {
            steps.push(Step::Gap);
        }
        steps.push(Step::Page(page));
        before = page;
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(current: u32, last: u32) -> String {
        let words: Vec<String> = steps(current, last)
            .into_iter()
            .map(|step| match step {
                Step::Page(page) if page == current => format!("[{page}]"),
                Step::Page(page) => page.to_string(),
                Step::Gap => "…".into(),
            })
            .collect();
        words.join(" ")
    }

    #[test]
    fn few_pages_are_all_shown() {
        assert_eq!(written(1, 1), "[1]");
        assert_eq!(written(2, 3), "1 [2] 3");
        assert_eq!(written(3, 5), "1 2 [3] 4 5");
    }

    #[test]
    fn many_pages_show_both_ends_and_the_neighbourhood() {
        assert_eq!(written(1, 20), "[1] 2 … 20");
        assert_eq!(written(10, 20), "1 … 9 [10] 11 … 20");
        assert_eq!(written(20, 20), "1 … 19 [20]");
    }

    #[test]
    fn a_gap_never_stands_for_one_page() {
        assert_eq!(written(4, 20), "1 2 3 [4] 5 … 20");
        assert_eq!(written(17, 20), "1 … 16 [17] 18 19 20");
        for last in 1..40 {
            for current in 1..=last {
                let steps = steps(current, last);
                for window in steps.windows(3) {
                    if let [Step::Page(before), Step::Gap, Step::Page(after)] = window {
                        assert!(after - before > 2, "{current} of {last}: {}", written(current, last));
                    }
                }
            }
        }
    }

    #[test]
    fn a_page_beyond_the_last_still_offers_the_way_back() {
        assert_eq!(written(99, 3), "1 … 3");
        assert_eq!(written(1, 0), "");
    }
}
