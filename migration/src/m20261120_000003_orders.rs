//! Carts, orders with everything that happens to them, and the source of order numbers.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::schema::{OnDelete, drop_tables, table};

const ORDER_STATUSES: [&str; 7] =
    ["PENDING", "CONFIRMED", "PROCESSING", "SHIPPED", "DELIVERED", "CANCELLED", "REFUNDED"];
const PAYMENT_STATUSES: [&str; 7] =
    ["UNPAID", "AUTHORISED", "PAID", "PARTIALLY_REFUNDED", "REFUNDED", "FAILED", "EXPIRED"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        order_numbers(manager).await?;
        carts(manager).await?;
        cart_lines(manager).await?;
        orders(manager).await?;
        order_lines(manager).await?;
        order_events(manager).await?;
        payments(manager).await?;
        refunds(manager).await?;
        refund_lines(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let orders = ["refund_lines", "refunds", "payments", "order_events", "order_lines", "orders"];
        drop_tables(manager, &orders).await?;
        drop_tables(manager, &["cart_lines", "carts"]).await?;
        let connection = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            connection.execute_unprepared("DROP SEQUENCE order_number_seq").await?;
        } else {
            connection.execute_unprepared("DROP TABLE order_number_seq").await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn order_numbers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        connection.execute_unprepared("CREATE SEQUENCE order_number_seq").await?;
    } else {
        // No sequences here: one row, incremented in the order's transaction.
        connection.execute_unprepared("CREATE TABLE order_number_seq (value bigint NOT NULL)").await?;
        connection.execute_unprepared("INSERT INTO order_number_seq (value) VALUES (0)").await?;
    }
    Ok(())
}

async fn carts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("carts")
        .id()
        .references_or_null("user_id", "users", OnDelete::Cascade)
        .text_or_null("token_hash")
        .currency()
        .timestamps()
        .moment_or_null("expires_at")
        .check("owner", "(user_id IS NULL) <> (token_hash IS NULL)")
        .unique("uq_carts_user_id", &["user_id"])
        .unique("uq_carts_token_hash", &["token_hash"])
        .index("ix_carts_expires_at", &["expires_at"])
        .create(manager)
        .await
}

async fn cart_lines(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("cart_lines")
        .id()
        .references("cart_id", "carts", OnDelete::Cascade)
        .references("variant_id", "product_variants", OnDelete::Cascade)
        .integer("quantity")
        .money("unit_price")
        .timestamps()
        .check("quantity", "quantity BETWEEN 1 AND 99")
        .unique("uq_cart_lines_variant_id", &["cart_id", "variant_id"])
        .index("ix_cart_lines_variant_id", &["variant_id"])
        .create(manager)
        .await
}

async fn orders(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("orders")
        .id()
        .text("number")
        .references_or_null("user_id", "users", OnDelete::SetNull)
        .text("email")
        .folded(manager, "email_folded")
        .one_of("status", &ORDER_STATUSES)
        .one_of("payment_status", &PAYMENT_STATUSES)
        .currency()
        .money("subtotal")
        .money("tax")
        .rate("tax_rate_bps")
        .money("shipping_amount")
        .money("discount_amount")
        .money("total_amount")
        .money("refunded_amount")
        .json("shipping_address")
        .json("billing_address")
        .text_or_null("notes")
        .text_or_null("tracking_number")
        .moment_or_null("paid_at")
        .moment_or_null("shipped_at")
        .moment_or_null("delivered_at")
        .moment_or_null("cancelled_at")
        .moment_or_null("expires_at")
        .version()
        .timestamps()
        .check("total_covers_refunded", "refunded_amount <= total_amount")
        .check(
            "total",
            "total_amount = subtotal + tax + shipping_amount - discount_amount",
        )
        .unique("uq_orders_number", &["number"])
        .index("ix_orders_user_id_created_at", &["user_id", "created_at", "id"])
        .index("ix_orders_status_created_at", &["status", "created_at", "id"])
        .index("ix_orders_created_at", &["created_at", "id"])
        .index("ix_orders_email_folded", &["email_folded"])
        // With the status, although it is always the same: without statistics SQLite prefers more equalities.
        .index_where("status = 'PENDING'", "ix_orders_expires_at", &["status", "expires_at"])
        .create(manager)
        .await
}

async fn order_lines(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("order_lines")
        .id()
        .references("order_id", "orders", OnDelete::Cascade)
        .integer("position")
        .references_or_null("product_id", "products", OnDelete::SetNull)
        .references_or_null("variant_id", "product_variants", OnDelete::SetNull)
        .text("sku")
        .text("name")
        .json("option_values")
        .text_or_null("image_url")
        .integer("quantity")
        .money("unit_price")
        .rate("tax_rate_bps")
        .money("tax")
        .money("subtotal")
        .check("quantity", "quantity > 0")
        .unique("uq_order_lines_position", &["order_id", "position"])
        .index("ix_order_lines_product_id", &["product_id"])
        .index("ix_order_lines_variant_id", &["variant_id"])
        .create(manager)
        .await
}

async fn order_events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("order_events")
        .id()
        .references("order_id", "orders", OnDelete::Cascade)
        .one_of("kind", &["PLACED", "STATUS_CHANGED", "PAYMENT", "REFUND", "NOTE"])
        .one_of_or_null("from_status", &ORDER_STATUSES)
        .one_of_or_null("to_status", &ORDER_STATUSES)
        // No foreign key, here and in refunds: history keeps who did it, whatever becomes of the account.
        .uuid_or_null("actor_id")
        .one_of("actor_kind", &["CUSTOMER", "ADMIN", "SYSTEM"])
        .text_or_null("note")
        .moment("created_at")
        .index("ix_order_events_order_id_created_at", &["order_id", "created_at", "id"])
        .create(manager)
        .await
}

async fn payments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("payments")
        .id()
        .references("order_id", "orders", OnDelete::Cascade)
        .text("provider")
        .text_or_null("provider_reference")
        .one_of("status", &["PENDING", "AUTHORISED", "CAPTURED", "FAILED", "CANCELLED"])
        .money("amount")
        .currency()
        .text_or_null("error")
        .timestamps()
        .unique("uq_payments_provider_reference", &["provider", "provider_reference"])
        .index("ix_payments_order_id", &["order_id"])
        .create(manager)
        .await
}

async fn refunds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("refunds")
        .id()
        .references("order_id", "orders", OnDelete::Cascade)
        .references_or_null("payment_id", "payments", OnDelete::SetNull)
        .big_integer("amount")
        .text_or_null("reason")
        .boolean("restock")
        .one_of("status", &["PENDING", "SUCCEEDED", "FAILED"])
        .text_or_null("provider_reference")
        .uuid_or_null("actor_id")
        .moment("created_at")
        .check("amount", "amount > 0")
        .index("ix_refunds_order_id", &["order_id"])
        .index("ix_refunds_payment_id", &["payment_id"])
        .create(manager)
        .await
}

async fn refund_lines(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("refund_lines")
        .id()
        .references("refund_id", "refunds", OnDelete::Cascade)
        .references("order_line_id", "order_lines", OnDelete::Cascade)
        .integer("quantity")
        .money("amount")
        .check("quantity", "quantity > 0")
        .unique("uq_refund_lines_order_line_id", &["refund_id", "order_line_id"])
        .index("ix_refund_lines_order_line_id", &["order_line_id"])
        .create(manager)
        .await
}
