//! Categories, products with their options and variants, and the stock ledger.

use sea_orm_migration::prelude::*;

use crate::schema::{OnDelete, drop_tables, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        categories(manager).await?;
        products(manager).await?;
        product_options(manager).await?;
        product_variants(manager).await?;
        stock_movements(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["stock_movements", "product_variants", "product_options", "products", "categories"];
        drop_tables(manager, &tables).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn categories(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("categories")
        .id()
        .references_or_null("parent_id", "categories", OnDelete::SetNull)
        .text("name")
        .folded(manager, "name_folded")
        .text("slug")
        .text_or_null("description")
        .text_or_null("image_url")
        .boolean("is_active")
        .integer("sort_order")
        .version()
        .timestamps()
        .unique("uq_categories_slug", &["slug"])
        .index("ix_categories_sort_order", &["sort_order", "name_folded", "id"])
        .index("ix_categories_parent_id", &["parent_id", "sort_order", "name_folded", "id"])
        .create(manager)
        .await
}

async fn products(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("products")
        .id()
        .references("category_id", "categories", OnDelete::Restrict)
        .text("name")
        .folded(manager, "name_folded")
        .text("slug")
        .text_or_null("description")
        .text_or_null("image_url")
        .json("images")
        .one_of("status", &["DRAFT", "ACTIVE", "ARCHIVED"])
        .boolean("is_featured")
        .json_or_null("metadata")
        // The next four sum up the variants, so that lists sort and filter by an index;
        // whoever writes variants keeps them.
        .money("price_from")
        .money("price_to")
        .boolean("in_stock")
        .boolean("on_sale")
        .version()
        .timestamps()
        .check("prices_in_order", "price_from <= price_to")
        .unique("uq_products_slug", &["slug"])
        // Each list's order, with the id as its tie-breaker; read backwards for descending lists.
        .index("ix_products_status_created_at", &["status", "created_at", "id"])
        .index("ix_products_status_price_from", &["status", "price_from", "id"])
        .index("ix_products_status_name_folded", &["status", "name_folded", "id"])
        .index_where("is_featured", "ix_products_featured", &["status", "created_at", "id"])
        .index_where("on_sale", "ix_products_on_sale", &["status", "created_at", "id"])
        .index("ix_products_category_id_status_created_at", &["category_id", "status", "created_at", "id"])
        // Counts the products of each category without reading or sorting them.
        .index("ix_products_status_category_id", &["status", "category_id"])
        .create(manager)
        .await
}

async fn product_options(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("product_options")
        .id()
        .references("product_id", "products", OnDelete::Cascade)
        .text("name")
        .integer("position")
        .json("values")
        .unique("uq_product_options_name", &["product_id", "name"])
        .unique("uq_product_options_position", &["product_id", "position"])
        .create(manager)
        .await
}

async fn product_variants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("product_variants")
        .id()
        .references("product_id", "products", OnDelete::Cascade)
        .text("sku")
        .money("price")
        .big_integer_or_null("compare_at")
        .integer_from_zero("stock")
        .json("option_values")
        // The canonical text of `option_values`: JSON itself cannot be unique on both engines.
        .text("option_key")
        .integer("position")
        .boolean("is_default")
        .version()
        .timestamps()
        .check("compare_at", "compare_at IS NULL OR compare_at > 0")
        .unique("uq_product_variants_sku", &["sku"])
        .unique("uq_product_variants_option_key", &["product_id", "option_key"])
        .unique_where("is_default", "uq_product_variants_default", &["product_id"])
        .create(manager)
        .await
}

async fn stock_movements(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("stock_movements")
        .id()
        // A product that was never ordered goes with its ledger; one that was is archived, not deleted.
        .references("variant_id", "product_variants", OnDelete::Cascade)
        .integer("delta")
        .integer("stock_after")
        .one_of("reason", &["INITIAL", "SALE", "CANCEL", "REFUND", "ADJUSTMENT", "IMPORT"])
        // No foreign key: orders come in a later step, and SQLite adds none to a table that exists.
        .uuid_or_null("order_id")
        // No foreign key: a ledger keeps who did it, whatever becomes of the account.
        .uuid_or_null("actor_id")
        .text_or_null("note")
        .moment("created_at")
        .check("delta", "delta <> 0")
        .check("stock_after", "stock_after >= 0")
        .index("ix_stock_movements_variant_id_created_at", &["variant_id", "created_at", "id"])
        .index("ix_stock_movements_order_id", &["order_id"])
        .create(manager)
        .await
}
