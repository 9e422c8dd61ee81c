//! The words that synthetic products are named with.

/// A department of the synthetic shop: its name, what hangs below it, and what is sold there with which options.
pub(super) struct Department {
    pub(super) name: &'static str,
    pub(super) shelves: &'static [Shelf],
}

/// A category with products in it.
pub(super) struct Shelf {
    pub(super) name: &'static str,
    pub(super) things: &'static [&'static str],
    /// The cheapest and the dearest price, in minor units.
    pub(super) prices: (i64, i64),
    pub(super) sizes: &'static [&'static str],
}

const fn shelf(
    name: &'static str,
    things: &'static [&'static str],
    prices: (i64, i64),
    sizes: &'static [&'static str],
) -> Shelf {
    Shelf { name, things, prices, sizes }
}

const CLOTHES: &[&str] = &["S", "M", "L", "XL"];
const SHOES: &[&str] = &["40", "41", "42", "43", "44"];
const NONE: &[&str] = &[];

pub(super) const DEPARTMENTS: &[Department] = &[
    Department {
        name: "Audio & Video",
        shelves: &[
            shelf(
                "Headphones",
                &["Headphones", "Earbuds", "Headset", "Studio Monitor"],
                (1_900, 49_900),
                NONE,
            ),
            shelf(
                "Speakers",
                &["Bluetooth Speaker", "Soundbar", "Subwoofer", "Bookshelf Speaker"],
                (2_900, 89_900),
                NONE,
            ),
            shelf(
                "Cameras",
                &["Camera", "Camcorder", "Action Camera", "Webcam", "Tripod"],
                (3_900, 249_900),
                NONE,
            ),
        ],
    },
    Department {
        name: "Computing",
        shelves: &[
            shelf(
                "Keyboards & Mice",
                &["Keyboard", "Mouse", "Trackball", "Numpad", "Wrist Rest"],
                (900, 24_900),
                NONE,
            ),
            shelf("Monitors", &["Monitor", "Portable Display", "Monitor Arm"], (7_900, 159_900), NONE),
            shelf("Storage", &["SSD", "Hard Drive", "Memory Card", "USB Stick", "NAS"], (900, 69_900), NONE),
            shelf(
                "Networking",
                &["Router", "Switch", "Access Point", "Mesh Node", "Cable"],
                (500, 39_900),
                NONE,
            ),
        ],
    },
    Department {
        name: "Kitchen & Dining",
        shelves: &[
            shelf(
                "Cookware",
                &["Frying Pan", "Saucepan", "Wok", "Casserole", "Griddle"],
                (1_900, 29_900),
                NONE,
            ),
            shelf(
                "Coffee & Tea",
                &["Coffee Mug", "Teapot", "Espresso Machine", "Coffee Grinder", "Kettle"],
                (900, 89_900),
                NONE,
            ),
            shelf(
                "Tableware",
                &["Plate", "Bowl", "Cutlery Set", "Wine Glass", "Carafe"],
                (500, 14_900),
                NONE,
            ),
        ],
    },
    Department {
        name: "Furniture",
        shelves: &[
            shelf(
                "Chairs",
                &["Armchair", "Office Chair", "Dining Chair", "Stool", "Rocking Chair"],
                (3_900, 129_900),
                NONE,
            ),
            shelf("Tables", &["Desk", "Dining Table", "Side Table", "Coffee Table"], (4_900, 199_900), NONE),
            shelf(
                "Lighting",
                &["Floor Lamp", "Pendant Light", "Desk Lamp", "Lantern"],
                (1_900, 49_900),
                NONE,
            ),
        ],
    },
    Department {
        name: "Fashion",
        shelves: &[
            shelf(
                "Tops",
                &["T-Shirt", "Shirt", "Blouse", "Sweater", "Hoodie", "Cardigan"],
                (1_500, 14_900),
                CLOTHES,
            ),
            shelf(
                "Trousers & Skirts",
                &["Jeans", "Chinos", "Skirt", "Shorts", "Leggings"],
                (1_900, 17_900),
                CLOTHES,
            ),
            shelf(
                "Jackets & Coats",
                &["Jacket", "Raincoat", "Parka", "Blazer", "Vest"],
                (4_900, 49_900),
                CLOTHES,
            ),
            shelf(
                "Shoes",
                &["Sneakers", "Boots", "Sandals", "Loafers", "Trail Shoes"],
                (3_900, 29_900),
                SHOES,
            ),
            shelf(
                "Bags",
                &["Backpack", "Tote Bag", "Messenger Bag", "Wallet", "Suitcase"],
                (1_900, 39_900),
                NONE,
            ),
        ],
    },
    Department {
        name: "Outdoor Life",
        shelves: &[
            shelf(
                "Camping",
                &["Tent", "Sleeping Bag", "Camping Stove", "Hammock", "Headlamp"],
                (1_900, 69_900),
                NONE,
            ),
            shelf(
                "Cycling",
                &["Bicycle Helmet", "Bicycle Light", "Saddle", "Pannier", "Pump"],
                (1_500, 24_900),
                NONE,
            ),
            shelf(
                "Fitness",
                &["Yoga Mat", "Dumbbell", "Kettlebell", "Skipping Rope", "Foam Roller"],
                (900, 19_900),
                NONE,
            ),
        ],
    },
    Department {
        name: "Paper & Pens",
        shelves: &[
            shelf("Notebooks", &["Notebook", "Sketchbook", "Planner", "Journal"], (400, 5_900), NONE),
            shelf("Writing", &["Fountain Pen", "Pencil Set", "Marker", "Ink Bottle"], (200, 19_900), NONE),
        ],
    },
    Department {
        name: "Toys & Games",
        shelves: &[
            shelf("Board Games", &["Board Game", "Card Game", "Puzzle", "Chess Set"], (900, 9_900), NONE),
            shelf(
                "Building",
                &["Building Blocks", "Model Kit", "Marble Run", "Train Set"],
                (1_500, 24_900),
                NONE,
            ),
        ],
    },
];

pub(super) const ADJECTIVES: &[&str] = &[
    "Classic",
    "Modern",
    "Compact",
    "Ergonomic",
    "Lightweight",
    "Vintage",
    "Minimal",
    "Sturdy",
    "Portable",
    "Elegant",
    "Rugged",
    "Quiet",
    "Everyday",
    "Premium",
    "Foldable",
    "Handmade",
    "Waterproof",
    "Wireless",
    "Organic",
    "Nordic",
];

pub(super) const MATERIALS: &[&str] = &[
    "Oak",
    "Walnut",
    "Steel",
    "Aluminium",
    "Ceramic",
    "Glass",
    "Bamboo",
    "Leather",
    "Cotton",
    "Linen",
    "Wool",
    "Canvas",
    "Titanium",
    "Copper",
    "Cork",
    "Carbon",
];

pub(super) const MAKERS: &[&str] = &[
    "Alderbrook",
    "Brightwater",
    "Castellano",
    "Dovetail",
    "Elmwood",
    "Fjordline",
    "Greystone",
    "Harbourlight",
    "Ironvale",
    "Juniper & Co",
    "Kestrel",
    "Larkspur",
    "Montefiore",
    "Northgate",
    "Oriole",
    "Pinehurst",
    "Quarry Hill",
    "Ravenna",
    "Saltmarsh",
    "Thornfield",
    "Umbria",
    "Vallecchi",
    "Westerly",
    "Zephyr",
];
